-- The picture of a digest's map, as PNG in base 64.

ALTER TABLE digest ADD COLUMN map TEXT;
