"""The clinician's page: a walk in the browser, on this machine alone."""
