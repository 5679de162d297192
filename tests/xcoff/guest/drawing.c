/* drawing.c -- what check_curses.py draws, too: windows, colours, scrolling, keys. It runs in a terminal of that test's. */
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdlib.h>

static void frame(void)
{
    WINDOW *w = newwin(6, 30, 3, 10);
    box(w, 0, 0);
    wattron(w, A_BOLD | COLOR_PAIR(1));
    mvwaddstr(w, 1, 2, "bold in colour");
    wattroff(w, A_BOLD | COLOR_PAIR(1));
    wattron(w, A_REVERSE);
    mvwaddstr(w, 2, 2, "reverse");
    wattroff(w, A_REVERSE);
    wrefresh(w);
    mvwin(w, 5, 20);
    touchwin(stdscr);
    wnoutrefresh(stdscr);
    wnoutrefresh(w);
    doupdate();
    delwin(w);
}

static void lines(void)
{
    scrollok(stdscr, TRUE);
    move(LINES - 3, 0);
    for (int i = 0; i < 6; i++) {
        printw("line %d of %dx%d\n", i, LINES, COLS);
        refresh();
    }
    mvaddstr(0, 0, "\303\244\342\202\254\346\227\245|");
    hline(ACS_HLINE, 10);
    refresh();
}

int main(void)
{
    setlocale(LC_ALL, "en_US.UTF-8");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    start_color();
    init_pair(1, COLOR_RED, COLOR_BLACK);
    mvaddstr(1, 1, "first screen");
    refresh();
    frame();
    lines();
    for (int key; (key = getch()) != 'q';) {
        mvprintw(2, 1, "%-20s", keyname(key));
        refresh();
    }
    endwin();
    return 0;
}
