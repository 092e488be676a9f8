"""People, channels and sales where it is known what each channel caused: what credit and holdouts are judged on."""
