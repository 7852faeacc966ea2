"""What a drawing can show: each view makes a diagram of a library, and knows no renderer."""
