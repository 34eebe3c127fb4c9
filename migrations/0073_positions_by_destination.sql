-- People ask what goes to a station. A destination stays the same for a whole trip, so this index costs an import nothing; one over
-- the station of the last operation would have to learn of every move, and cost more than all the rest of writing a position.
create index position_destination on position (destination_station_id) where destination_station_id is not null;
