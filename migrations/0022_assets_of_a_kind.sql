-- One kind in the order of its classifications: without it every asset of the kind is read and sorted for each page.
create index asset_of_kind_by_classification
  on asset (organisation_id, kind, (coalesce(classification, '')), id);
