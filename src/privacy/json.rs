//! JSON without personal data: everything but the values taken out stays byte for byte.

use super::records::{FieldRules, MAX_DEPTH, Promise, RecordRedaction, Run};
use super::{Redactor, Session};
use crate::error::{Error, Result};

impl Redactor {
    /// `json` without personal data. A field whose name promises personal data (`email`, `전화번호`, `PESEL`; see
    /// [`super::classify_field`]) is taken out as a whole, with all that is inside it; strings, numbers and keys
    /// elsewhere are read as text. What is taken out becomes a string. `O(bytes)` as for texts.
    ///
    /// # Errors
    /// Fails closed: [`Error::Json`] with line and column, also where JSON is nested deeper than [`MAX_DEPTH`];
    /// [`Error::BatchTooLarge`] over [`crate::limits::MAX_BATCH_BYTES`]; those of [`Redactor::redact`] for one value.
    pub fn redact_json(&self, json: &str, rules: &FieldRules, session: &mut Session) -> Result<RecordRedaction> {
        let run = Run::new(self, rules, session, json.len())?;
        let mut walk = Walk { json, at: 0, copied: 0, out: String::with_capacity(json.len()), run };
        walk.space();
        walk.value(Promise::Scan, 0)?;
        walk.space();
        if walk.at < json.len() {
            return Err(walk.refuse());
        }
        walk.out.push_str(&json[walk.copied..]);
        Ok(walk.run.done(walk.out))
    }
}

struct Walk<'j, 'r> {
    json: &'j str,
    at: usize,
    /// Everything before it is in `out`.
    copied: usize,
    out: String,
    run: Run<'r>,
}

impl Walk<'_, '_> {
    fn value(&mut self, promise: Promise, depth: usize) -> Result<()> {
        match self.peek() {
            b'{' if depth < MAX_DEPTH => self.members(b'}', |walk| {
                let key = walk.key()?;
                walk.expect(b':')?;
                walk.space();
                walk.run.path.push(key);
                let name = walk.run.path.last().map_or("", String::as_str);
                let inner = walk.run.promise(name, promise);
                walk.value(inner, depth + 1)?;
                walk.run.path.pop();
                Ok(())
            }),
            b'[' if depth < MAX_DEPTH => self.members(b']', |walk| {
                walk.run.path.push("*".into());
                let inner = walk.run.promise("", promise);
                walk.value(inner, depth + 1)?;
                walk.run.path.pop();
                Ok(())
            }),
            b'"' => {
                let start = self.at;
                let value = self.string()?;
                let redacted = self.run.value(&value, promise)?;
                self.replace(start, redacted);
                Ok(())
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => {
                let start = self.at;
                let number = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
                self.at += self.json.as_bytes()[start..].iter().take_while(|b| number(**b)).count();
                let literal = &self.json[start..self.at];
                if serde_json::from_str::<serde_json::Value>(literal).is_err() {
                    self.at = start;
                    return Err(self.refuse());
                }
                let redacted = self.run.value(literal, promise)?;
                self.replace(start, redacted);
                Ok(())
            }
            _ => Err(self.refuse()),
        }
    }

    /// What stands between brackets, parted by commas.
    fn members(&mut self, close: u8, mut member: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.at += 1;
        self.space();
        if self.peek() == close {
            self.at += 1;
            return Ok(());
        }
        loop {
            member(self)?;
            self.space();
            if self.peek() == close {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',')?;
            self.space();
        }
    }

    /// A key, which may hold personal data itself; gives it as it stands in the result.
    fn key(&mut self) -> Result<String> {
        let start = self.at;
        let key = self.string()?;
        let redacted = self.run.text(&key, false)?;
        self.replace(start, redacted.clone());
        self.space();
        Ok(redacted.unwrap_or(key))
    }

    /// The string that begins here.
    fn string(&mut self) -> Result<String> {
        let start = self.at;
        self.expect(b'"')?;
        let bytes = self.json.as_bytes();
        while let Some(b) = bytes.get(self.at).filter(|b| **b != b'"') {
            self.at += if *b == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        match self.json.get(start..self.at).map(serde_json::from_str) {
            Some(Ok(value)) => Ok(value),
            _ => {
                self.at = start;
                Err(self.refuse())
            }
        }
    }

    /// Puts a string in place of what stands from `start` to here.
    fn replace(&mut self, start: usize, value: Option<String>) {
        if let Some(value) = value {
            self.out.push_str(&self.json[self.copied..start]);
            self.out.push_str(&serde_json::Value::String(value).to_string());
            self.copied = self.at;
        }
    }

    fn word(&mut self, word: &str) -> Result<()> {
        if !self.json[self.at..].starts_with(word) {
            return Err(self.refuse());
        }
        self.at += word.len();
        Ok(())
    }

    fn peek(&self) -> u8 {
        self.json.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek() != byte {
            return Err(self.refuse());
        }
        self.at += 1;
        Ok(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn refuse(&self) -> Error {
        let before = &self.json[..self.json.floor_char_boundary(self.at)];
        let line = before.rsplit('\n').next().unwrap_or("");
        Error::Json { what: "record", line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    }
}
