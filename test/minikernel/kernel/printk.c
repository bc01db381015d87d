#include <linux/console.h>
#include <linux/kernel.h>

struct console *console_drivers;

/* Formats nothing: the miniature kernel speaks in plain sentences. */
int printk(const char *fmt, ...)
{
	struct console *console;

	for (console = console_drivers; console; console = console->next)
		console->write(console, fmt);
	return 0;
}

void register_console(struct console *console)
{
	console->next = console_drivers;
	console_drivers = console;
}
