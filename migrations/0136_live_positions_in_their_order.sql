-- Filters read all live positions. One key for all of them puts the index into the order of the table, so that each of its pages is
-- read once: by destination, as in position_live, nearly each row is on another page. The columns are those that position_live has,
-- so an import pays nothing for it.
create index position_live_rows on position ((is_live)) where is_live;
-- The planner learns the order of an index on an expression from the figures of the table. Of an empty table it would learn that it
-- stays empty, and the first import would read the growing table once for each row.
do $$ begin
  if exists (select from position) then analyze position (is_live); end if;
end $$;
