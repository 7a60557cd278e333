//! Lists, a page at a time: each page says where the next one begins.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;
use crate::web::fields::Fields;

/// Items on a page, where none are asked for, and at most.
const ITEMS: (u32, u32) = (50, 200);

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The items.
    items: Vec<T>,
    /// What to send as `cursor` for the next page; none on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<T> Page<T> {
    /// A page of a list that says itself where the next one begins.
    pub(super) fn of(items: Vec<T>, next: Option<Vec<String>>) -> Self {
        Self { items, next: next.map(|parts| encoded(&parts.join("\0"))) }
    }
}

/// Which page of a list.
#[derive(Debug, Clone, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents what `Asked` reads")]
pub(super) struct Paging {
    /// How many items, 1 to 200; 50 where none are asked for.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What page a request asks for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) limit: u32,
    parts: Vec<String>,
}

impl Asked {
    /// Reads `limit` and `cursor`; a cursor has `parts` parts.
    pub(super) fn of(query: &Fields, parts: usize) -> Result<Self, Problem> {
        let limit = match query.text("limit") {
            "" => ITEMS.0,
            text => {
                let number = text.parse().ok().filter(|n| (1..=ITEMS.1).contains(n));
                number.ok_or_else(|| Problem::unfit("`limit` is a number from 1 to 200"))?
            }
        };
        let cursor = query.text("cursor");
        if cursor.is_empty() {
            return Ok(Self { limit, parts: Vec::new() });
        }
        let text = decoded(cursor).ok_or_else(no_cursor)?;
        let found: Vec<String> = text.split('\0').map(str::to_owned).collect();
        if found.len() == parts { Ok(Self { limit, parts: found }) } else { Err(no_cursor()) }
    }

    /// A part of the cursor as what it stands for; none on the first page.
    pub(super) fn read<T>(
        &self,
        at: usize,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        self.part(at).map(|part| read(part).ok_or_else(no_cursor)).transpose()
    }

    /// A part of the cursor as an instant, in microseconds.
    pub(super) fn instant(&self, at: usize) -> Result<Option<Timestamp>, Problem> {
        self.read(at, |part| Timestamp::from_microsecond(part.parse().ok()?).ok())
    }

    /// A part of the cursor; none on the first page.
    pub(super) fn part(&self, at: usize) -> Option<&str> {
        self.parts.get(at).map(String::as_str)
    }

    /// The page of what was found with a limit of one more than was asked for; `key` says where an item stands.
    pub(super) fn page<A, T>(
        &self,
        mut found: Vec<A>,
        key: impl Fn(&A) -> Vec<String>,
        item: impl Fn(A) -> T,
    ) -> Page<T> {
        let most = self.limit as usize;
        let is_last = found.len() <= most;
        found.truncate(most);
        let last = found.last().filter(|_| !is_last);
        let next = last.map(|last| encoded(&key(last).join("\0")));
        Page { items: found.into_iter().map(item).collect(), next }
    }
}

fn no_cursor() -> Problem {
    Problem::unfit("`cursor` is no `next` of a page of this list")
}

/// A text as letters and digits.
pub(super) fn encoded(text: &str) -> String {
    BASE32_NOPAD.encode(text.as_bytes()).to_lowercase()
}

/// What [`encoded`] was given.
pub(super) fn decoded(text: &str) -> Option<String> {
    let bytes = BASE32_NOPAD.decode(text.to_uppercase().as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_to_where_the_page_before_ended() {
        let first = Asked::of(&Fields::of_query(Some("limit=2")), 2).unwrap();
        let key = |n: &i32| vec![n.to_string(), "x".to_owned()];
        let page = first.page(vec![1, 2, 3], key, |n| n);
        assert_eq!(page.items, [1, 2]);
        let query = format!("cursor={}", page.next.unwrap());
        let second = Asked::of(&Fields::of_query(Some(&query)), 2).unwrap();
        assert_eq!((second.part(0), second.part(1)), (Some("2"), Some("x")));
        assert!(second.page(vec![3], key, |n| n).next.is_none());
        for wrong in ["limit=0", "limit=201", "limit=x", "cursor=!", "cursor=me"] {
            assert!(Asked::of(&Fields::of_query(Some(wrong)), 2).is_err(), "{wrong}");
        }
    }
}
