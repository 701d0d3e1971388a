"""Tables: rules of cells and rows, CSV to typed frame, a folder that notes what was read, the rules of claims.csv. Knows no study."""
