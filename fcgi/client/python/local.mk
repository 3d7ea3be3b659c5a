EXTRA_DIST += fcgi/client/python/kagiya_license.py \
	fcgi/client/python/example.py fcgi/client/python/pyproject.toml \
	fcgi/client/python/README
