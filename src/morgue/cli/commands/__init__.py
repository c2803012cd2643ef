"""The commands, a file each; `morgue.cli.table` names them."""
