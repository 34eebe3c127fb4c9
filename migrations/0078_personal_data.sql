alter table person
  -- When the person had their data erased: the row stays for what points at it, without anything that tells who it was.
  add column erased_at timestamptz,
  -- Which list of commands Telegram shows in the person's chat; without it the common one.
  add column commands_shown text;

-- All that is stored of a person, as a file for themselves.
alter type report_kind add value 'personal_data';
