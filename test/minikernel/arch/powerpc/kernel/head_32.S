/*
 * Where the machine starts: the only callers of machine_init(), MMU_init() and start_kernel().
 */
#ifdef __powerpc__
#define CALL bl
#define HALT b .
#else
#define CALL call
#define HALT jmp .
#endif

	.section .head.text, "ax"
	.globl _start
_start:
	CALL machine_init
	CALL MMU_init
	CALL start_kernel
	HALT

	.section .note.GNU-stack, "", @progbits
