"""`python -m closeread.cli`."""

import sys

from closeread.cli import main

sys.exit(main())
