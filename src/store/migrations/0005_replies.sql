-- A notice of a correction names the digest that it corrects, so that the mail is threaded to it.

ALTER TABLE digest ADD COLUMN replies_to TEXT;
