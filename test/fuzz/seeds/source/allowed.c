/* bootorder: allow early-sink, other: it is meant */
void f(void) { sink(a, (b),
	c); /* bootorder: allow none */ } // bootorder: allow early-sink: so
char *s = "/* \" */", c = '\'';
