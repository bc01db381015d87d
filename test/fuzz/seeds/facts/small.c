void sink(void);
void ready(void) {}
void start(void) { sink(); ready(); }
