-- An import writes these rows by joining the very tables they point at, in one transaction, and nothing ever deletes from those.
-- Checking each row again took as long as writing it.
alter table position
  drop constraint position_workbook_id_fkey,
  drop constraint position_operation_id_fkey,
  drop constraint position_station_id_fkey,
  drop constraint position_origin_station_id_fkey,
  drop constraint position_destination_station_id_fkey;
alter table movement
  drop constraint movement_workbook_id_fkey,
  drop constraint movement_operation_id_fkey,
  drop constraint movement_station_id_fkey;
