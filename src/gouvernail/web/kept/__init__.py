"""Kept pages: a page that was rendered is given again for a minute, as long as nothing was written meanwhile.

changes    every write to the database is noticed beneath the ORM and noted for its organisation, or for the whole site
reading    what a page is keyed by, and whether the view looked at the person behind the role
own        the parts of the frame that are the person's own, put in afterwards
page       the bytes of a page with holes where a person's own belongs
shelf      the pages of this process, bounded in bytes
answering  gives a kept page, or makes one and keeps it
proof      in tests: each kept page is made anew too, and must be the same
"""
