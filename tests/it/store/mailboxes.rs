//! How far mailboxes on servers were read, and which mail was acted on.

use sitrep::store::mailboxes::{self, Place};

use crate::support::samples::at;
use crate::support::{TestDb, contract};

contract! {
    async fn d_14_a_mailbox_is_read_on_from_where_it_was_left(test: &TestDb) {
        let read = async |name| mailboxes::place(&test.db, name).await.unwrap();
        assert_eq!(read("imap/a").await, Place::default());
        for last in [3, 7] {
            let place = Place { validity: u32::MAX, last };
            mailboxes::advance(&test.db, "imap/a", place).await.unwrap();
            assert_eq!(read("imap/a").await, place);
        }
        assert_eq!(read("imap/b").await, Place::default());
    }

    async fn d_14_a_mail_that_was_acted_on_is_known_until_it_is_forgotten(test: &TestDb) {
        let is_taken = async |id| mailboxes::is_taken(&test.db, id).await.unwrap();
        for (id, seen) in [("a", "2026-03-01T05:00Z"), ("a", "2026-03-09T05:00Z"), ("b", "2026-03-09T05:00Z")] {
            mailboxes::taken(&test.db, id, at(seen)).await.unwrap();
        }
        assert_eq!((is_taken("a").await, is_taken("b").await, is_taken("c").await), (true, true, false));
        assert_eq!(mailboxes::forget_taken(&test.db, at("2026-03-05T00:00Z")).await.unwrap(), 1);
        assert_eq!((is_taken("a").await, is_taken("b").await), (false, true));
    }

    async fn d_14_a_mailbox_fails_since_its_first_failure_until_it_works_again(test: &TestDb) {
        let failed = async |now| mailboxes::failed(&test.db, "imap/a", at(now)).await.unwrap();
        let place = Place { validity: 1, last: 5 };
        mailboxes::advance(&test.db, "imap/a", place).await.unwrap();
        assert_eq!(failed("2026-03-01T05:00Z").await, at("2026-03-01T05:00Z"));
        assert_eq!(failed("2026-03-01T06:00Z").await, at("2026-03-01T05:00Z"));
        assert_eq!(mailboxes::place(&test.db, "imap/a").await.unwrap(), place);
        mailboxes::works(&test.db, "imap/a").await.unwrap();
        assert_eq!(failed("2026-03-01T07:00Z").await, at("2026-03-01T07:00Z"));
    }
}
