"""Requests that follow from the document, and how they are sent and measured."""
