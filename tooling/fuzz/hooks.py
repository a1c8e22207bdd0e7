import re

import schemathesis

DELIMITERS = re.compile(r"[/?#]")


@schemathesis.hook
def filter_case(context, case):
    """Leaves out lists and objects for a path parameter with a character that ends the segment.

    schemathesis 4.32.5 percent-encodes strings alone: `?` within a list begins the query, and the
    request goes to another path than the one whose documented statuses are then compared.
    """
    return not any(
        not isinstance(value, str) and DELIMITERS.search(str(value))
        for value in (case.path_parameters or {}).values()
    )
