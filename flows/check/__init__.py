"""`shegong check`: looks at all that runs keep and all that they released, and says what is wrong.

What can be made again may be thrown away, what cannot is moved aside; raw documents are never touched.
"""
