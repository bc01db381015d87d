#include <linux/console.h>
#include <linux/init.h>
#include <linux/slab.h>

#include <asm/io.h>

#define UART_ADDRESS 0x80013000UL

struct uart {
	struct console console;
	volatile u8 *data;
};

static void uart_write(struct console *console, const char *text)
{
	struct uart *uart = (struct uart *)console;

	for (; *text; text++)
		out_8(uart->data, *text);
}

/* Runs from console_init(), after interrupts are on: it may wait. */
static int __init uart_console_init(void)
{
	struct uart *uart = kzalloc(sizeof(*uart), GFP_KERNEL);

	if (!uart)
		return -12;
	uart->console.name = "ttyS";
	uart->console.write = uart_write;
	uart->data = ioremap(UART_ADDRESS, 16);
	register_console(&uart->console);
	return 0;
}
console_initcall(uart_console_init);

void __init console_init(void)
{
	initcall_t *call;

	for (call = __con_initcall_start; call < __con_initcall_end; call++)
		(*call)();
}
