"""The language server for those who write content: findings, completion, hover, definitions, references, renaming."""
