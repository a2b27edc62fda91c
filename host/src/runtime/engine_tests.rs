//! Settings of the engine and of a store that no pack of ours can show from outside: tiny components, run as sessions are.

use wasmtime::component::{Component, Linker};
use wasmtime::{Result, WasmBacktrace};

use super::super::session::store;
use super::*;

/// A component whose only export `f` is this core function of two floats.
fn component(function: &str) -> String {
    format!(
        "(component
            (core module $m (func (export \"f\") (param f64 f64) (result i64) {function}))
            (core instance $i (instantiate $m))
            (func (export \"f\") (param \"a\" f64) (param \"b\" f64) (result u64) (canon lift (core func $i \"f\"))))"
    )
}

/// What `f` of the component makes of these, in a store like that of a session.
fn run(engine: &Engine, text: &str, arguments: (f64, f64)) -> Result<u64> {
    let component = Component::new(&engine.inner, wat::parse_str(text).expect("it is WebAssembly"))?;
    let mut store = store(engine);
    let instance = Linker::new(&engine.inner).instantiate(&mut store, &component)?;
    let f = instance.get_typed_func::<(f64, f64), (u64,)>(&mut store, "f")?;
    Ok(f.call(&mut store, arguments)?.0)
}

fn engine(execution: Execution) -> Engine {
    Engine::running(Limits::default(), execution).expect("the engine starts")
}

const CANONICAL: u64 = 0x7ff8_0000_0000_0000;

#[test]
fn what_is_no_number_has_the_same_bits_however_it_came_about() {
    let division = component("local.get 0 local.get 1 f64.div i64.reinterpret_f64");
    let sum = component("local.get 0 local.get 1 f64.add i64.reinterpret_f64");
    let marked = f64::from_bits(0xfff8_0000_dead_beef);
    for execution in [Execution::Compiled, Execution::Metered, Execution::Interpreted] {
        let engine = engine(execution);
        assert_eq!(run(&engine, &division, (0.0, 0.0)).expect("it runs"), CANONICAL, "{execution:?}");
        assert_eq!(run(&engine, &sum, (marked, 1.0)).expect("it runs"), CANONICAL, "{execution:?}");
    }
    let mut config = settings(&Limits::default()).expect("settings");
    config.cranelift_nan_canonicalization(false);
    let without = Engine::with(Limits::default(), &config, Execution::Compiled).expect("the engine starts");
    let bits = run(&without, &sum, (marked, 1.0)).expect("it runs");
    assert_ne!(bits, CANONICAL, "without the switch the mark would come through");
}

#[test]
fn an_instance_has_at_most_a_thousand_handles() {
    let taking = |count: u32| {
        format!(
            "(component
                (type $r (resource (rep i32)))
                (core func $new (canon resource.new $r))
                (core module $m
                    (import \"\" \"new\" (func $new (param i32) (result i32)))
                    (func (export \"f\") (param f64 f64) (result i64) (local $taken i32)
                        loop $more
                            i32.const 0 call $new drop
                            local.get $taken i32.const 1 i32.add local.tee $taken
                            i32.const {count} i32.lt_u br_if $more
                        end
                        i64.const 0))
                (core instance $i (instantiate $m (with \"\" (instance (export \"new\" (func $new))))))
                (func (export \"f\") (param \"a\" f64) (param \"b\" f64) (result u64)
                    (canon lift (core func $i \"f\"))))"
        )
    };
    let engine = engine(Execution::Compiled);
    assert_eq!(run(&engine, &taking(900), (0.0, 0.0)).expect("these are few"), 0);
    run(&engine, &taking(2_000), (0.0, 0.0)).expect_err("these are too many");
}

#[test]
fn memories_tables_and_instances_are_counted() {
    let engine = engine(Execution::Compiled);
    let with = |instances: usize, module: &str| {
        let instances = "(core instance (instantiate $many))".repeat(instances);
        let before = format!("(component (core module $many {module}) {instances}");
        run(&engine, &component("i64.const 0").replacen("(component", &before, 1), (0.0, 0.0))
    };
    let tables = |count: usize| "(table 1 funcref)".repeat(count);
    let few = [(1, "(memory 1)".to_owned()), (1, tables(16)), (15, String::new())];
    let many = [(2, "(memory 1)".to_owned()), (1, tables(17)), (16, String::new())];
    for (instances, module) in few {
        with(instances, &module).unwrap_or_else(|error| panic!("{instances} of `{module}`: {error:#}"));
    }
    for (instances, module) in many {
        let error = format!("{:#}", with(instances, &module).expect_err("one too many"));
        assert!(error.contains("limit"), "{module}: {error}");
    }
}

#[test]
fn a_backtrace_has_at_most_twenty_frames() {
    let deep = "(component
        (core module $m
            (func $down (param i32)
                local.get 0 i32.eqz if unreachable end
                local.get 0 i32.const 1 i32.sub call $down)
            (func (export \"f\") (param f64 f64) (result i64) i32.const 100 call $down i64.const 0))
        (core instance $i (instantiate $m))
        (func (export \"f\") (param \"a\" f64) (param \"b\" f64) (result u64) (canon lift (core func $i \"f\"))))";
    let error = run(&engine(Execution::Compiled), deep, (0.0, 0.0)).expect_err("it traps");
    let backtrace = error.downcast_ref::<WasmBacktrace>().expect("a backtrace");
    assert_eq!(backtrace.frames().len(), 20);
}
