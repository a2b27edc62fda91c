//! A text for the reader of JSON: as UTF-8, whatever it is written in.

use super::{Undivided, encoding};
use crate::intake::records::json::JsonText;
use encoding_rs::UTF_8;
use std::io;

impl Undivided {
    /// The same for a reader of JSON, which must be UTF-8.
    pub(crate) fn as_json(&self) -> io::Result<JsonText> {
        let text = &self.text;
        let lossy = !text.sound || self.found.undecodable > 0;
        let (blob, start, original) = if text.encoding == UTF_8 {
            (text.blob.clone(), text.start, text.original)
        } else {
            (encoding::decoded_blob(&text.blob, text.encoding, 0)?, 0, false)
        };
        Ok(JsonText { blob, start, original, lossy, manner: text.manner })
    }
}
