;;; bootorder.el --- compile mode for bootorder  -*- lexical-binding: t -*-
;; M-x bootorder in the kernel's root: paths are relative to it. next-error goes from finding to finding; calls of
;; their chains are links.
(require 'ansi-color)
(require 'compile)

(defvar bootorder-mode-error-regexps
  '(("^\\([^ :\n]+\\):\\([0-9]+\\):\\([0-9]+\\): error: " 1 2 3 2)
    ("^\\([^ :\n]+\\):\\([0-9]+\\):\\([0-9]+\\): warning: " 1 2 3 1)
    ("^ +\\([^ :\n]+\\):\\([0-9]+\\)  " 1 2 nil 0)))

(define-compilation-mode bootorder-mode "Bootorder"
  "Findings of bootorder."
  (setq-local compilation-error-regexp-alist bootorder-mode-error-regexps)
  (add-hook 'compilation-filter-hook #'ansi-color-compilation-filter nil t))

(defun bootorder (folder)
  "Check the kernel whose compile_commands.json is in FOLDER."
  (interactive "DFolder of compile_commands.json: ")
  (compilation-start
   (concat "bootorder check -p " (shell-quote-argument (expand-file-name folder)))
   'bootorder-mode))

(provide 'bootorder)
