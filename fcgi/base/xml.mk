libbase_a_SOURCES += fcgi/base/xml.c fcgi/base/xml.h
