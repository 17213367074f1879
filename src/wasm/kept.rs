//! What options name by a handle: compiled taxonomies and corrections.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use crate::error::{Error, Result};

/// Things by handle; freed ones leave a gap.
pub(super) struct Slots<T>(Rc<RefCell<Vec<Option<Arc<T>>>>>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Slots(Rc::default())
    }
}

impl<T> Slots<T> {
    /// Keeps a thing until what is given back is dropped.
    pub(super) fn keep(&self, value: T) -> Kept<T> {
        let value = Arc::new(value);
        let mut all = self.0.borrow_mut();
        let at = all.iter().position(Option::is_none).unwrap_or(all.len());
        match all.get_mut(at) {
            Some(slot) => *slot = Some(value.clone()),
            None => all.push(Some(value.clone())),
        }
        Kept { value, at, slots: Slots(self.0.clone()) }
    }

    /// The thing with this handle; none for null.
    ///
    /// # Errors
    /// [`Error::Option`] when there is none.
    pub(super) fn named(&self, handle: &Value, name: &str) -> Result<Option<Arc<T>>> {
        if handle.is_null() {
            return Ok(None);
        }
        let at = handle.as_f64().map(|at| at as usize);
        let known = at.and_then(|at| self.0.borrow().get(at).cloned().flatten());
        known.map(Some).ok_or_else(|| Error::Option { name: name.into(), what: "must be made by this engine".into() })
    }
}

/// A thing that can be named.
pub(super) struct Kept<T> {
    pub(super) value: Arc<T>,
    pub(super) at: usize,
    slots: Slots<T>,
}

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.slots.0.borrow_mut().get_mut(self.at) {
            *slot = None;
        }
    }
}
