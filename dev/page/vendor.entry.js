// The one file that we bundle: these modules import each other by bare name, which a browser can't resolve without an import map.
export { Fragment, h, render } from 'preact';
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { batch, computed, effect, signal } from '@preact/signals';
export { default as htm } from 'htm';
