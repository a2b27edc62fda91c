//! What a host must not send is refused in a sentence, whatever it is.

use super::*;
use crate::example;

fn order() -> Vec<u16> {
    example::BRIDGES.columns.iter().map(|column| column.index).collect()
}

/// The refusal of the example's records, after this was done to them.
fn refusal(spoil: impl FnOnce(&mut BatchData)) -> String {
    let mut data = example::records();
    spoil(&mut data);
    fits(&example::BRIDGES, &order(), &data).expect_err("it was spoilt")
}

/// The example's first text column, as plain text.
fn text_column(data: &BatchData) -> usize {
    data.columns.iter().position(|column| matches!(column.cells, Cells::Text(_))).expect("a column of text")
}

fn spoil_text(spoil: impl FnOnce(&mut TextData)) -> String {
    refusal(|data| {
        let column = text_column(data);
        if let Cells::Text(texts) = &mut data.columns[column].cells {
            spoil(texts);
        }
    })
}

#[test]
fn records_in_order_are_taken() {
    assert_eq!(fits(&example::BRIDGES, &order(), &example::records()), Ok(()));
}

#[test]
fn columns_cells_states_and_ids_must_be_as_many_as_announced() {
    assert!(refusal(|data| drop(data.columns.pop())).contains("were announced"));
    assert!(refusal(|data| data.records += 1).contains(" cells, not "));
    assert!(refusal(|data| data.columns[0].states = vec![0]).contains("1 states"));
    assert!(refusal(|data| data.ids = vec![1; data.records + 1]).contains("ids of"));
    assert!(refusal(|data| data.first_id = u64::MAX).contains("run past"));
}

#[test]
fn a_column_of_another_kind_is_refused() {
    let said = refusal(|data| {
        let column = text_column(data);
        data.columns[column].cells = Cells::Number(vec![0.0; data.records]);
    });
    assert!(said.contains("is not of the kind Text"), "{said}");
}

#[test]
fn texts_that_run_past_their_heap_backwards_or_through_a_character_are_refused() {
    let past = spoil_text(|texts| *texts.offsets.last_mut().expect("an offset") += 1);
    let backwards = spoil_text(|texts| texts.offsets[0] = u32::MAX);
    let through = spoil_text(|texts| texts.offsets[1] -= 1);
    for said in [past, backwards, through] {
        assert!(said.contains("cut where no text ends"), "{said}");
    }
}

#[test]
fn a_code_past_the_dictionary_is_refused_unless_the_cell_is_blank() {
    let with = |states: Vec<u8>| {
        let mut data = example::records();
        let column = text_column(&data);
        let texts = ["石桥"].into_iter().collect();
        data.columns[column] = ColumnData { cells: Cells::Dictionary(vec![7; data.records], texts), states };
        fits(&example::BRIDGES, &order(), &data)
    };
    let said = with(Vec::new()).expect_err("there is no text 7");
    assert!(said.contains("the code 7 in a dictionary of 1"), "{said}");
    assert_eq!(with(vec![1; example::records().records]), Ok(()));
}

#[test]
fn what_rules_read_must_be_announced_once() {
    let columns = example::BRIDGES.columns;
    let twice = [(0, vec![0, 0])].into();
    assert!(announced(&example::PACK, &[], &twice).expect_err("twice").contains("announced twice"));
    static RULE: crate::Rule =
        crate::Rule { over: Reading::of(&example::BRIDGES, example::BRIDGES.columns), ..crate::Rule::EMPTY };
    static RULES: [&crate::Rule; 1] = [&RULE];
    let pack = Pack { rules: &RULES, ..example::PACK };
    let said = announced(&pack, &[0], &[(0, vec![0])].into()).expect_err("the others are missing");
    assert!(said.contains(&format!("reads {} of", columns[1].name)), "{said}");
    assert_eq!(announced(&pack, &[0], &[(0, order())].into()), Ok(()));
    assert_eq!(announced(&pack, &[0], &HashMap::new()), Ok(()), "a table that does not come is not read");
}
