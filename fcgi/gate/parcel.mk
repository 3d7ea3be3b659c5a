gate_PROGRAMS += fcgi/gate/parcel
fcgi_gate_parcel_SOURCES = fcgi/gate/parcel.c
fcgi_gate_parcel_LDADD = libdepot.a $(GATE)
