"""Workbooks become rows, and rows become workbooks."""
