"""`morgue formats`."""

import sys

from morgue.cli import options as o
from morgue.cli.streams import is_terminal, print_json
from morgue.errors import FOUND


def formats(*, json: o.AsJson = False) -> int:
    """List input formats: name, title, suffixes, extra needed, and fields.

    Examples:
    morgue formats
    morgue formats --json | jq -r '.[].name'
    """
    from morgue.readers.formats import FORMATS

    if json:
        rows = [
            {
                "name": item.name,
                "title": item.title,
                "suffixes": list(item.suffixes),
                "mime": item.mime,
                "extra": item.extra or None,
                "gives": item.gives,
                "example": item.example,
            }
            for item in FORMATS.values()
        ]
        print_json(rows, indent=2)
        return FOUND
    rows_of_text = [
        (item.name, item.title, " ".join(item.suffixes), item.extra, item.gives) for item in FORMATS.values()
    ]
    if not is_terminal(sys.stdout):
        for row in rows_of_text:
            sys.stdout.write("\t".join(row) + "\n")
        return FOUND
    width = max(len(row[0]) for row in rows_of_text)
    for name, title, suffixes, extra, gives in rows_of_text:
        needs = f"  (pip install 'morgue[{extra}]')" if extra else ""
        sys.stdout.write(f"{name:<{width}}  {title}  {suffixes}{needs}\n{'':<{width}}  {gives}\n")
    return FOUND
