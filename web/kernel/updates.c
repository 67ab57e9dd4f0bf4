/* Parameters moved in place; updates.h says what the numbers are. */
#include "call.h"

/* target, source; factor */
int add_scaled(Call *call) {
    const Py_buffer *views = call->views;
    if (!alike(call, 2)) return 0;
    call->of->add_scaled(views[0].buf, views[1].buf, elements_of(&views[0]), call->numbers);
    return 1;
}

/* w, g, velocity; rate, momentum, nesterov */
int momentum(Call *call) {
    const Py_buffer *views = call->views;
    if (!alike(call, 3)) return 0;
    call->of->momentum(views[0].buf, views[1].buf, views[2].buf, elements_of(&views[0]),
                       call->numbers);
    return 1;
}

/* w, g, square; rate, rho, epsilon */
int rmsprop(Call *call) {
    const Py_buffer *views = call->views;
    if (!alike(call, 3)) return 0;
    call->of->rmsprop(views[0].buf, views[1].buf, views[2].buf, elements_of(&views[0]),
                      call->numbers);
    return 1;
}

/* w, g, mean, square; rate, beta_1, beta_2, epsilon, correction, kept */
int adam(Call *call) {
    const Py_buffer *views = call->views;
    if (!alike(call, 4)) return 0;
    call->of->adam(views[0].buf, views[1].buf, views[2].buf, views[3].buf, elements_of(&views[0]),
                   call->numbers);
    return 1;
}
