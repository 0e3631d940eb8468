"""The page that shows which method is most like a person: figures, pictures, and a blind comparison."""
