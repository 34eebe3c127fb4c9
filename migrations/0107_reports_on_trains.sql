-- The train whose containers a workbook is about: those that are on a later trip by now are counted apart.
alter table report add column train_code text;
