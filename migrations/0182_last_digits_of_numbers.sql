-- People ask by the last digits of a number, which they read from a photo or hear on the phone: four of them leave one container in ten
-- thousand. The number of a row never changes, so that updates of a position stay within its page.
create index position_last_digits on position (right(container, 4));
create index terminal_visit_last_digits on terminal_visit (right(container, 4));
-- The planner learns how selective an expression is from the figures of the table.
do $$ begin
  if exists (select from position) then analyze position (container); end if;
end $$;
