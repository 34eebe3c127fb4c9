-- Answers that ended in an apology: what is behind the code that the person was shown. It holds nothing of what they wrote.
create table failed_answer (
  id bigint generated always as identity primary key,
  reference text not null,
  update_id bigint not null,
  failed_at timestamptz not null default now(),
  -- What the update was, such as command, button or text, and the name of the command or button.
  kind text not null,
  name text,
  error_type text not null,
  message text not null,
  stack text not null
);
create index failed_answer_reference on failed_answer (reference);
create index failed_answer_failed_at on failed_answer (failed_at);
