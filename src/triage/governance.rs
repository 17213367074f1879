//! Who answers for which handle, and what each role may do.

use serde::Serialize;
use serde_json::Value;

use super::Action;
use crate::error::{Error, Result};
use crate::read::Fields;

/// Most handles, and most roles.
pub const MAX_ENTRIES: usize = 10_000;
/// What a role may be allowed beside the actions of decisions.
const MORE_ACTIONS: [&str; 2] = ["publish", "pause"];

/// One handle the company speaks under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Handle {
    /// Without `@`, in lower case.
    pub handle: String,
    /// Slug of the platform; without one the entry holds on all.
    pub source: Option<String>,
    /// The brand unit that owns it.
    pub unit: String,
    pub country: Option<String>,
    /// Who answers.
    pub owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Role {
    role: String,
    actions: Vec<String>,
    /// Empty: all units.
    units: Vec<String>,
}

/// Whether a role may do something, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    pub allowed: bool,
    pub because: &'static str,
}

/// Handles and roles of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Governance {
    handles: Vec<Handle>,
    roles: Vec<Role>,
}

fn bare(handle: &str) -> String {
    handle.trim().trim_start_matches('@').to_lowercase()
}

impl Governance {
    /// Reads `{handles: [{handle, source, unit, country, owner}], roles: [{role, actions, units}]}`.
    ///
    /// # Errors
    /// [`Error::Field`] naming the place, as in `roles[1].actions`: a wrong type, an unknown field or action, a missing
    /// name, a handle given twice for the same source, a role given twice, a role for a unit that no handle has;
    /// [`Error::BatchTooLarge`] over [`MAX_ENTRIES`].
    pub fn from_value(value: Value) -> Result<Governance> {
        let mut fields = Fields::new(value, "governance", false)?;
        let handles: Vec<Value> = fields.take("handles", "a list of handles")?.unwrap_or_default();
        let roles: Vec<Value> = fields.take("roles", "a list of roles")?.unwrap_or_default();
        fields.finish("handles, roles")?;
        let entries = handles.len().max(roles.len());
        if entries > MAX_ENTRIES {
            return Err(Error::BatchTooLarge { unit: "entries", limit: MAX_ENTRIES, actual: entries });
        }
        let mut governance = Governance::default();
        let mut seen = std::collections::BTreeSet::new();
        for (at, value) in handles.into_iter().enumerate() {
            let place = ["handles[", &at.to_string(), "]"].concat();
            let handle = read_handle(Fields::at(value, &place)?)?;
            if !seen.insert((handle.handle.clone(), handle.source.clone())) {
                return Err(Error::Field { field: place, what: "is given twice".into() });
            }
            governance.handles.push(handle);
        }
        let units: std::collections::BTreeSet<String> =
            governance.handles.iter().map(|handle| handle.unit.clone()).collect();
        let mut seen = std::collections::BTreeSet::new();
        for (at, value) in roles.into_iter().enumerate() {
            let place = ["roles[", &at.to_string(), "]"].concat();
            let role = read_role(Fields::at(value, &place)?, &units)?;
            if !seen.insert(role.role.clone()) {
                return Err(Error::Field { field: place, what: "is given twice".into() });
            }
            governance.roles.push(role);
        }
        Ok(governance)
    }

    /// The entry of the handle a message came in under: that of its source first, then one for all sources. `O(handles)`.
    pub fn owner(&self, handle: &str, source: Option<&str>) -> Option<&Handle> {
        let handle = bare(handle);
        let of = |wanted: Option<&str>| {
            self.handles.iter().find(|one| one.handle == handle && one.source.as_deref() == wanted)
        };
        source.and_then(|source| of(Some(source))).or_else(|| of(None))
    }

    /// Whether `role` may do `action` (an action of decisions, `publish` or `pause`) for `unit`. What is not allowed by
    /// name is refused.
    pub fn permits(&self, role: &str, action: &str, unit: &str) -> Permission {
        let refused = |because| Permission { allowed: false, because };
        let Some(role) = self.roles.iter().find(|one| one.role == role) else {
            return refused("the role is not known");
        };
        if !role.actions.iter().any(|one| one == action) {
            return refused("the role does not allow the action");
        }
        if !role.units.is_empty() && !role.units.iter().any(|one| one == unit) {
            return refused("the role does not cover the unit");
        }
        Permission { allowed: true, because: "the role allows the action in the unit" }
    }
}

fn read_handle(mut fields: Fields) -> Result<Handle> {
    let required = |fields: &mut Fields, name: &str| {
        let text = fields.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| fields.refuse(name, "is required"))
    };
    let handle = Handle {
        handle: bare(&required(&mut fields, "handle")?),
        source: fields.text("source")?,
        unit: required(&mut fields, "unit")?,
        country: fields.text("country")?,
        owner: fields.text("owner")?,
    };
    fields.finish("handle, source, unit, country, owner")?;
    Ok(handle)
}

fn read_role(mut fields: Fields, known_units: &std::collections::BTreeSet<String>) -> Result<Role> {
    let name = fields.text("role")?.filter(|role| !role.trim().is_empty());
    let name = name.ok_or_else(|| fields.refuse("role", "is required"))?;
    let actions: Vec<String> = fields.take("actions", "a list of actions")?.unwrap_or_default();
    let known =
        |action: &String| Action::ALL.iter().any(|one| one.slug() == action) || MORE_ACTIONS.contains(&action.as_str());
    if !actions.iter().all(known) {
        let what = "must be actions of decisions, publish or pause";
        return Err(fields.refuse("actions", what));
    }
    let units: Vec<String> = fields.take("units", "a list of units")?.unwrap_or_default();
    if !units.iter().all(|unit| known_units.contains(unit)) {
        return Err(fields.refuse("units", "must be units of handles"));
    }
    fields.finish("role, actions, units")?;
    Ok(Role { role: name, actions, units })
}
