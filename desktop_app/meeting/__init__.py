"""The MDO: one case full screen, readable from the back of a room; answers that come up are given there."""
