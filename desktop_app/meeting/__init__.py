"""The MDO: one case at a time on the full screen, readable from the back of a room; new answers can be given there."""
