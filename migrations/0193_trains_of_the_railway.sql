-- People ask for a train by the number that the railway prints, and expect the answer at once. A dead row is never asked for.
create index position_train_number on position (train_number) where is_live and train_number is not null;
do $$ begin
  if exists (select from position) then analyze position (train_number); end if;
end $$;
