"""The paper's tables on a folder of people: methods side by side, measured on photos that none of them saw."""
