#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

struct console {
	const char *name;
	void (*write)(struct console *console, const char *text);
	struct console *next;
};

extern struct console *console_drivers;

void register_console(struct console *console);
void console_init(void);

#endif
