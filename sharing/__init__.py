"""Sharing between agencies, return flow, correction and the rights of data subjects."""
