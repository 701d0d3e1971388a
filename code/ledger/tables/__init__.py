"""Tables: rules of cells and rows, files to typed frames, a folder that notes what was read, the rules of claims.csv. Knows no study.

`reading` is for the tables that authors write, with a message for each cell; `records` for tables of many rows, by a `layout` that a
`codebook` may tell, from text (`delimited`) or Parquet (`columnar`), in `piece`s whose cells `packing` turns into numbers.
"""
