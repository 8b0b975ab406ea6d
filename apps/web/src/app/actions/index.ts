export { type Action, isEnabled, labelOf } from './action';
export { useGlobalKeys } from './global-keys';
export { actionById, registerActions, runAction, useActions, useRegisterActions } from './registry';
