//! How Chinese forms write values: one parser and one type per kind of value.
//!
//! Pure functions only: nothing here reads a file, a clock or a random number, and nothing knows the host, the
//! sandbox or a rule. The host converts cells with it and rule authors get it re-exported, so that both read
//! `财综[2003]45号` or `1亿2千万元` alike. Errors carry facts, in English and short; whoever reports writes the
//! Chinese sentence.

pub mod amount;
mod basis_cell;
pub mod body;
pub mod calendar;
mod cell_text;
pub mod credit_code;
pub mod date;
pub mod decimal;
pub mod degrees;
pub mod division;
pub mod document_number;
pub mod issuer;
pub mod numeral;
pub mod period;
pub mod pollutant;
pub mod shipped;
pub mod standard;
pub mod telephone;
pub mod term;
pub mod text;
mod unit;
