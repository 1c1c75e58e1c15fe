"""`python -m paser_command.cli`: the command line without an installed script."""

import sys

from paser_command.cli.main import main

sys.exit(main())
