"""What trials elsewhere found of programmes for young people. Meso, Micro and Methods show it; it knows no chapter."""
