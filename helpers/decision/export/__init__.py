"""What bosses open: the memo as a Word document, the tables as an Excel workbook."""
