/** What every chart does by itself: it is drawn no more often than one sees, and follows its place. */

/**
 * @param {number} every  milliseconds from one drawing to the next, at least
 * @param {() => void} draw
 * @returns {() => void} asks for a drawing, in an animation frame
 */
export function atMostEvery(every, draw) {
  let scheduled = false;
  let drawnAt = 0;
  return () => {
    if (scheduled) return;
    scheduled = true;
    setTimeout(requestAnimationFrame, drawnAt + every - performance.now(), () => {
      scheduled = false;
      drawnAt = performance.now();
      draw();
    });
  };
}

/**
 * @param {HTMLElement} container
 * @param {() => uPlot | null} plot  null while there is none
 * @param {() => void} build  makes it, once there is room
 * @returns {ResizeObserver}
 */
export function followSize(container, plot, build) {
  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = container;
    const present = plot();
    if (!present) build();
    else if (width && height) present.setSize({ width, height });
  });
  observer.observe(container);
  return observer;
}
