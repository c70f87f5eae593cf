"""What every package needs; knows no domain word."""
